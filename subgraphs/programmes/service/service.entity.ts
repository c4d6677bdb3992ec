import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Lang, Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { ServiceKind } from './service';

@Entity('service')
export class ServiceEntity {
  @PrimaryColumn('text') id: string;
  @Column('text') kind: ServiceKind;
  @Column('jsonb') names: Text;
  @Column('text', { name: 'place_id', nullable: true }) placeId: string | null;
  @Column('text', { name: 'territory_id', nullable: true }) territoryId: string | null;
  @Column('text', { name: 'provider_id', nullable: true }) providerId: string | null;
  @Column('text', { array: true }) langs: Lang[];
  @Column('text', { array: true }) stages: string[];
  @Column('jsonb') provenance: ProvenanceRecord;
}
