import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';

@Entity('event')
export class EventEntity {
  @PrimaryColumn('text') id: string;
  @Column('jsonb') titles: Text;
  @Column('timestamptz', { name: 'starts_at', nullable: true }) startsAt: Date | string | null;
  @Column('text', { name: 'place_id', nullable: true }) placeId: string | null;
  @Column('text', { name: 'edition_id', nullable: true }) editionId: string | null;
  @Column('jsonb') provenance: ProvenanceRecord;
}
