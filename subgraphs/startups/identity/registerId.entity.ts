import { Column, Entity, PrimaryColumn } from 'typeorm';
import { RegisterScheme } from './registerScheme';

@Entity('register_id')
export class RegisterIdEntity {
  @PrimaryColumn('text') scheme: RegisterScheme;
  /** In canonical form. */
  @PrimaryColumn('text') value: string;
  /** The same for every scheme that writes the same entry: see `RegisterNumber`. */
  @Column('text') company: string;
  @Column('text', { name: 'startup_id' }) startupId: string;
}
