import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

function findRoot(from: string): string {
  return existsSync(join(from, 'package.json')) ? from : findRoot(dirname(from));
}

/** The project's folder, the same from the sources and from the build: SQL, SDL and seed files are read where they stand. */
export const root = findRoot(__dirname);
