import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { MappingRelation, OccupationScheme } from './occupation.type';

@Entity('occupation')
export class OccupationEntity {
  @PrimaryColumn('text') id: string;
  @Column('text') scheme: OccupationScheme;
  @Column('text') code: string;
  @Column('jsonb') labels: Text;
  @Column('text', { name: 'broader_id', nullable: true }) broaderId: string | null;
  /** Its ISCO-08 group, null where none is known. */
  @Column('text', { nullable: true }) isco: string | null;
  /** ISCO-08 groups of it and of all that is narrower in its scheme; for one without a group, its id. */
  @Column('text', { array: true }) hinges: string[];
  /** Labels with each form of a gender pair spelt out, separated by " / ". */
  @Column('text', { name: 'words_fr' }) wordsFr: string;
  @Column('text', { name: 'words_de' }) wordsDe: string;
  @Column('text', { name: 'words_en' }) wordsEn: string;
  @Column('jsonb') provenance: ProvenanceRecord;
}

@Entity('occupation_mapping')
export class OccupationMappingEntity {
  @PrimaryColumn('text', { name: 'from_id' }) fromId: string;
  @PrimaryColumn('text', { name: 'to_id' }) toId: string;
  @Column('text') relation: MappingRelation;
  @Column('jsonb') provenance: ProvenanceRecord;
}
