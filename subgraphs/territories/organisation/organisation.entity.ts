import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { OrganisationKind } from './organisation.type';

@Entity('organisation')
export class OrganisationEntity {
  @PrimaryColumn('text') id: string;
  @Column('text') kind: OrganisationKind;
  @Column('jsonb') names: Text;
  @Column('text', { array: true }) aliases: string[];
  @Column('text', { name: 'territory_id', nullable: true }) territoryId: string | null;
  @Column('text', { nullable: true }) url: string | null;
  @Column('jsonb') provenance: ProvenanceRecord[];
}

@Entity('office')
export class OfficeEntity {
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'organisation_id' }) organisationId: string;
  @Column('jsonb') names: Text;
  @Column('text', { nullable: true }) holder: string | null;
  @Column('date', { name: 'as_of', nullable: true }) asOf: string | null;
  @Column('jsonb') provenance: ProvenanceRecord;
}
