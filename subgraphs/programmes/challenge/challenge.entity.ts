import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';

@Entity('challenge')
export class ChallengeEntity {
  @PrimaryColumn('text') id: string;
  @Column('jsonb') titles: Text;
  @Column('jsonb') descriptions: Text;
  @Column('text', { name: 'owner_id' }) ownerId: string;
  @Column('text', { name: 'territory_id' }) territoryId: string;
  @Column('text', { array: true }) topics: string[];
  @Column('timestamptz', { name: 'opens_at' }) opensAt: Date;
  @Column('timestamptz', { name: 'closes_at', nullable: true }) closesAt: Date | null;
  @Column('timestamptz', { name: 'matched_at', nullable: true }) matchedAt: Date | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt: Date | null;
  @Column('jsonb') provenance: ProvenanceRecord;
}
