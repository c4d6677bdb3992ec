import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { CodeScheme, TerritoryKind } from './territory.type';

@Entity('territory')
export class TerritoryEntity {
  @PrimaryColumn('text') id: string;
  @Column('text') kind: TerritoryKind;
  @Column('jsonb') names: Text;
  @Column('text', { array: true }) aliases: string[];
  /** ISO 3166-1 alpha-2, null for an area that spans several countries. */
  @Column('text', { nullable: true }) country: string | null;
  @Column('float8', { nullable: true }) lat: number | null;
  @Column('float8', { nullable: true }) lon: number | null;
  @Column('date', { name: 'valid_from', nullable: true }) validFrom: string | null;
  @Column('date', { name: 'valid_to', nullable: true }) validTo: string | null;
  /** Ids of itself and of every area that contains it. */
  @Column('text', { array: true }) areas: string[];
  @Column('jsonb') provenance: ProvenanceRecord[];
}

@Entity('territory_code')
export class TerritoryCodeEntity {
  @PrimaryColumn('text') scheme: CodeScheme;
  @PrimaryColumn('text') value: string;
  /** Year of the edition of the code list. */
  @Column('int') vintage: number;
  @Column('text', { name: 'territory_id' }) territoryId: string;
}

@Entity('territory_parent')
export class TerritoryParentEntity {
  @PrimaryColumn('text', { name: 'child_id' }) childId: string;
  @PrimaryColumn('text', { name: 'parent_id' }) parentId: string;
  /** 0 for administrative parents, 1 for poles and cross-border areas. */
  @Column('int') rank: number;
}
