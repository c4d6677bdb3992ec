import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';

@Entity('award')
export class AwardEntity {
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'programme_id' }) programmeId: string;
  @Column('text', { name: 'edition_id', nullable: true }) editionId: string | null;
  @Column('text', { name: 'startup_id' }) startupId: string;
  @Column('jsonb') titles: Text;
  @Column('int') year: number;
  @Column('float8', { nullable: true }) amount: number | null;
  @Column('text', { nullable: true }) currency: string | null;
  @Column('jsonb') provenance: ProvenanceRecord;
}
