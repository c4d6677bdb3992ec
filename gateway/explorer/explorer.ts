import { createReadStream, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { dirname, join } from 'node:path';
import { answerOf, Refusal, send, sendJson } from '../../shared/http/graphqlEndpoint';
import { root } from '../../shared/root';

/** A file of a package, also where the package does not export it. */
const packageFile = (name: string, file: string): string => join(dirname(require.resolve(`${name}/package.json`)), file);

/** GraphiQL from npm, so that the explorer works without any other network. */
const assets: Record<string, { file: string; type: string }> = {
  '/explorer/react.js': { file: packageFile('react', 'umd/react.production.min.js'), type: 'text/javascript' },
  '/explorer/react-dom.js': { file: packageFile('react-dom', 'umd/react-dom.production.min.js'), type: 'text/javascript' },
  '/explorer/graphiql.js': { file: packageFile('graphiql', 'graphiql.min.js'), type: 'text/javascript' },
  '/explorer/graphiql.css': { file: packageFile('graphiql', 'graphiql.min.css'), type: 'text/css' },
  '/explorer/start.js': { file: join(root, 'gateway/explorer/start.js'), type: 'text/javascript' },
};

export interface Story {
  /** Its heading: "Job seeker: permanent offers …". */
  title: string;
  query: string;
}

/** The questions of partners that the explorer shows and the tests answer. */
export function stories(): Story[] {
  const text = readFileSync(join(root, 'gateway/explorer/stories.graphql'), 'utf8');
  return text
    .split(/^# --- /m)
    .slice(1)
    .map((part) => ({ title: part.slice(0, part.indexOf('\n')).trim(), query: part.slice(part.indexOf('\n') + 1).trim() }));
}

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sillon Lorrain hub</title>
<link rel="stylesheet" href="/explorer/graphiql.css">
<style>
  body { margin: 0; display: flex; flex-direction: column; height: 100vh; font: 14px sans-serif }
  p { margin: 0; padding: 6px 12px; background: #f3e9c6; color: #333 }
  #explorer { flex: 1; min-height: 0 }
</style>
<p>Records of the source <b>synthetic</b> are a generated demonstration: they describe nothing real.</p>
<div id="explorer">Loading the explorer…</div>
<script src="/explorer/react.js"></script>
<script src="/explorer/react-dom.js"></script>
<script src="/explorer/graphiql.js"></script>
<script src="/explorer/start.js"></script>
</html>
`;

export function serveExplorer(path: string, response: ServerResponse): void {
  if (path === '/explorer') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  } else if (path === '/explorer/stories.json') {
    sendJson(response, 200, stories());
  } else {
    const asset = assets[path];
    if (!asset) return send(response, answerOf(new Refusal(404, 'NOT_FOUND', `There is nothing at ${path}.`)));
    response.writeHead(200, { 'content-type': `${asset.type}; charset=utf-8`, 'cache-control': 'max-age=3600' });
    // A file that is gone (a new npm ci under a running hub) ends the answer, not the hub.
    pipeline(createReadStream(asset.file), response, () => {});
  }
}
