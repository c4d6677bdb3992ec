import { v7 } from 'uuid';
import { Confidence, type ProvenanceRecord } from '../../../shared/graphql/values';
import { Random } from '../../../shared/demo/random';

/** Day from which the ids are counted; they are the same whenever the demonstration is made. */
const EPOCH = Date.UTC(2024, 0, 1);

export const DAY = 86_400_000;

/** Id of a record of the demonstration, a UUID v7 made from the startup's index and the number of a part of it. */
export const demoId = (index: number, part = 0): string =>
  v7({ msecs: EPOCH + index * 1000 + part, random: new Random(index * 64 + part + 7_000_000).bytes(16) });

export const demoProvenance = (recordId: string, today: Date, asOf: string | null = null): ProvenanceRecord => ({
  source: 'synthetic',
  recordId,
  asOf,
  retrievedAt: today.toISOString(),
  confidence: Confidence.ESTIMATED,
});

export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
