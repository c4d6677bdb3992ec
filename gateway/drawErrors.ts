import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodes } from '../shared/graphql/errorCodes';
import { root } from '../shared/root';
import { userErrorCodes } from '../shared/writing/userError';

/** Where the codes are drawn. */
export const errorsFile = join(root, 'gateway/errors.md');

/** The codes that clients may meet, for whoever writes one. */
export function drawErrors(): string {
  const statusOf = (status: number | null) => status ?? 200;
  return `# Errors

Every error has a code in \`extensions.code\`: what a client decides by, since messages may improve. One on a \`path\` is of that field, the
rest of the answer is whole; of a subgraph it names the \`service\`. \`npm run compose\` draws this file from the codes by which errors are made.

| Code | HTTP status | |
|---|---|---|
${Object.entries(errorCodes).map(([code, { status, meaning }]) => `| \`${code}\` | ${statusOf(status)} | ${meaning} |`).join('\n')}

Mutations answer what their caller can act on in \`userErrors\`, with these codes:

| Code | |
|---|---|
${Object.entries(userErrorCodes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`).join('\n')}
`;
}

if (require.main === module) writeFileSync(errorsFile, drawErrors());
