import { Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

@Entity('shoppers')
export class ShopperEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'shoppers_pkey',
  })
  id!: string;

  @Column('text', { default: '' })
  name!: string;

  @Column('text')
  language!: string;

  @Column('timestamptz', { name: 'opted_out_at', nullable: true })
  optedOutAt!: Date | null;

  /** The provider's error that told us; null beside `optedOutAt` means the shopper's own word. */
  @Column('integer', { name: 'opted_out_code', nullable: true })
  optedOutCode!: number | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}

/** One address of a shopper: a phone number or a business-scoped id. */
@Entity('shopper_identities')
@Index('shopper_identities_by_shopper', ['shopperId'])
export class ShopperIdentityEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'shopper_identities_pkey' })
  address!: string;

  @Column('bigint', { name: 'shopper_id' })
  @ForeignKey('shoppers', { name: 'shopper_identities_shopper' })
  shopperId!: string;
}
