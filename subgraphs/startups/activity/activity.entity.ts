import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Text } from '../../../shared/graphql/text';
import { ActivityScheme } from './activity.type';

@Entity('activity_class')
export class ActivityClassEntity {
  @PrimaryColumn('text') scheme: ActivityScheme;
  @PrimaryColumn('text') code: string;
  /** NACE section, A to U. */
  @Column('text') section: string;
  @Column('jsonb') names: Text;
}

@Entity('startup_activity')
export class StartupActivityEntity {
  @PrimaryColumn('text', { name: 'startup_id' }) startupId: string;
  /** 0 is the main activity. */
  @PrimaryColumn('int') position: number;
  @Column('text') scheme: ActivityScheme;
  @Column('text') code: string;
}
