import { Column, Entity, PrimaryColumn } from 'typeorm';
import { DuplicateReason, DuplicateStatus } from './duplicate.type';

@Entity('duplicate_candidate')
export class DuplicateCandidateEntity {
  @PrimaryColumn('text') id: string;
  /** The older of the two records: its id is the lesser. */
  @Column('text', { name: 'startup_id' }) startupId: string;
  @Column('text', { name: 'other_id' }) otherId: string;
  @Column('float8') score: number;
  @Column('text', { array: true }) reasons: DuplicateReason[];
  @Column('text') status: DuplicateStatus;
}
