import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { SupportStage } from '../stage/stage.type';
import { StartupStatus } from './startup.type';

@Entity('startup')
export class StartupEntity {
  /** UUID v7. */
  @PrimaryColumn('text') id: string;
  @Column('text') name: string;
  @Column('text', { array: true, default: [] }) aliases: string[];
  /** Null where no source says. */
  @Column('text', { nullable: true }) status: StartupStatus | null;
  @Column('date', { name: 'founded_on', nullable: true }) foundedOn: string | null;
  @Column('text', { name: 'territory_id', nullable: true }) territoryId: string | null;
  @Column('text', { name: 'host_place_id', nullable: true }) hostPlaceId: string | null;
  @Column('text', { nullable: true }) website: string | null;
  @Column('jsonb', { default: [] }) pitches: Text;
  @Column('text', { array: true, default: [] }) technologies: string[];
  @Column('text', { array: true, default: [] }) networks: string[];
  @Column('int', { nullable: true }) headcount: number | null;
  /** 1 to 9. */
  @Column('int', { name: 'technology_readiness_level', nullable: true }) technologyReadinessLevel: number | null;
  /** The last of its steps, written with it. */
  @Column('text', { nullable: true }) stage: SupportStage | null;
  @Column('text', { name: 'merged_into', nullable: true }) mergedIntoId: string | null;
  @Column('jsonb') provenance: ProvenanceRecord[];
  @Column('int', { default: 1 }) version: number;
}
