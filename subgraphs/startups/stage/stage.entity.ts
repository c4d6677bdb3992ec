import { Column, Entity, PrimaryColumn } from 'typeorm';
import { SupportStage } from './stage.type';

@Entity('stage_change')
export class StageChangeEntity {
  @PrimaryColumn('text', { name: 'startup_id' }) startupId: string;
  @PrimaryColumn('timestamptz') since: Date;
  @Column('text') stage: SupportStage;
  /** Organisation that decided, where it is known. */
  @Column('text', { name: 'by_id', nullable: true }) byId: string | null;
  @Column('text', { nullable: true }) reason: string | null;
}
