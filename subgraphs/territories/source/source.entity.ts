import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Lang } from '../../../shared/graphql/text';

@Entity('source')
export class SourceEntity {
  @PrimaryColumn('text') id: string;
  @Column('text') title: string;
  @Column('text') publisher: string;
  @Column('text', { nullable: true }) url: string | null;
  @Column('date', { name: 'published_on', nullable: true }) publishedOn: string | null;
  @Column('text') licence: string;
  @Column('text') lang: Lang;
}
