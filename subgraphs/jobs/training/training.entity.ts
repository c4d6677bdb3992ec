import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Lang, type Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';

@Entity('training')
export class TrainingEntity {
  @PrimaryColumn('text') id: string;
  @Column('jsonb') titles: Text;
  @Column('text', { name: 'provider_id' }) providerId: string;
  @Column('text', { name: 'territory_id' }) territoryId: string;
  /** Ids of the occupations that it leads to. */
  @Column('text', { array: true }) occupations: string[];
  @Column('int', { name: 'eqf_level', nullable: true }) eqfLevel: number | null;
  @Column('text', { array: true }) langs: Lang[];
  @Column('text', { nullable: true }) url: string | null;
  @Column('jsonb') provenance: ProvenanceRecord;
}
