import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('categories')
export class CategoryEntity {
  @PrimaryColumn({ type: 'text', name: 'slug', primaryKeyConstraintName: 'categories_pkey' })
  slug!: string;

  @Column({ type: 'jsonb', name: 'names', default: {} })
  names!: Record<string, string>;

  @Column({ type: 'integer', name: 'position', default: 0 })
  position!: number;
}
