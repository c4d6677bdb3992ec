import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Text } from '../../../shared/graphql/text';

@Entity('indicator')
export class IndicatorEntity {
  @PrimaryColumn('text') id: string;
  /** Statements about one subject are compared with each other. */
  @Column('text') subject: string;
  @Column('text') unit: string;
  @Column('jsonb') names: Text;
  @Column('jsonb') definitions: Text;
  /** The indicator whose figures objectives of this one start from, where it is not itself. */
  @Column('text', { name: 'starts_from', nullable: true }) startsFrom: string | null;
}
