import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { composeServices } from '@apollo/composition';
import type { SupergraphManager } from '@apollo/gateway';
import { findBreakingChanges, parse } from 'graphql';
import type { Config } from '../../shared/config';
import { Explained } from '../../shared/failure';
import { keepDoing } from '../../shared/keepDoing';
import { readSupergraph, textFor, type ReadSupergraph } from './supergraph';

/** How often a watched file is looked at, in milliseconds. Looked at, not notified of: that sees a file that is replaced, on any file system. */
const LOOK = 500;
/** How many breaking changes a message names. */
const NAMED = 5;

/** A supergraph that a gateway cannot start with; the message says why. */
export class SupergraphUnusable extends Explained {}

export interface FollowOptions extends Omit<Config['supergraph'], 'path'> {
  file: string;
  /** Throws where the gateway cannot serve a supergraph that is otherwise sound. */
  check(supergraph: ReadSupergraph): void;
  /** Told of each that is served, the first one too. */
  taken(supergraph: ReadSupergraph): void;
  /** The schema of a subgraph as it gives it itself. */
  sdlOf(name: string): Promise<string>;
  /** Told of what was taken and what was not. */
  note(message: string, fields: object): void;
}

/**
 * The supergraph of a file, and those that come after it: from the file when it changes, from the subgraphs when their schemas
 * do. Each is checked before it is taken; where anything is wrong with it the last good one stays, and the log says why.
 */
export function followSupergraph({ file, watch, pollSeconds, breaking, check, taken, sdlOf, note }: FollowOptions): SupergraphManager {
  return {
    async initialize({ update }) {
      let current: ReadSupergraph;
      try {
        current = readSupergraph(textFor(readFileSync(file, 'utf8')));
        check(current);
      } catch (error) {
        throw new SupergraphUnusable(`The supergraph ${file} cannot be served. ${(error as Error).message}`);
      }

      taken(current);

      // Apollo Server and its gateway take a request from its schema to its plan without waiting for anything outside. A
      // supergraph is taken between two such requests, never in the middle of one, since this too is done in one go.
      const take = (from: string, text: () => string) => {
        try {
          const sdl = textFor(text());
          if (sdl === current.sdl) return;
          const next = readSupergraph(sdl);
          check(next);
          const broken = findBreakingChanges(current.api, next.api).map(({ description }) => description);
          if (broken.length > 0 && breaking === 'refuse') {
            throw new Error(`It would break what is asked now, and SUPERGRAPH_BREAKING is "refuse": ${broken.slice(0, NAMED).join(' ')}${broken.length > NAMED ? ` And ${broken.length - NAMED} more.` : ''}`);
          }
          try {
            update(next.sdl);
          } catch (error) {
            // The gateway may have taken a part of it.
            update(current.sdl);
            throw error;
          }
          current = next;
          taken(next);
          note('a new supergraph is served', { from });
        } catch (error) {
          note('a new supergraph was not taken, the last one stays', { from, why: (error as Error).message });
        }
      };

      const look = () => take(file, () => readFileSync(file, 'utf8'));
      if (watch) watchFile(file, { interval: LOOK, persistent: false }, look);

      const sdls = new Map<string, string>();
      const poll = async () => {
        const { subgraphs } = current;
        const changed = await Promise.all(
          subgraphs.map(async ({ name }) => {
            // One that is away keeps the schema that it had.
            const sdl = await sdlOf(name).catch(() => sdls.get(name));
            if (sdl === undefined || sdl === sdls.get(name)) return false;
            sdls.set(name, sdl);
            return true;
          }),
        );
        if (!changed.includes(true) || subgraphs.some(({ name }) => !sdls.has(name))) return;
        await setImmediate();
        take('the subgraphs', () => composed(subgraphs.map(({ name, url }) => ({ name, url, sdl: sdls.get(name)! }))));
      };
      const polling = pollSeconds > 0 ? keepDoing(poll, pollSeconds * 1000, (error) => note('the subgraphs could not be asked for their schemas', { why: error.message })) : null;

      return {
        supergraphSdl: current.sdl,
        async cleanup() {
          unwatchFile(file, look);
          await polling?.stop();
        },
      };
    },
  };
}

function composed(subgraphs: { name: string; url: string; sdl: string }[]): string {
  const { errors, supergraphSdl } = composeServices(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
  if (errors) throw new Error(`The subgraphs do not compose: ${errors.map(({ message }) => message).join(' ')}`);
  return supergraphSdl;
}
