import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  Model,
} from 'sequelize'
import { db } from '#platform/db'
import type { Id } from '#platform/ids'

export type ItemState = 'pending' | 'accepted' | 'rejected' | 'revoked'

/** An account in a collection, and whether it agrees. */
export class CollectionItem extends Model<
  InferAttributes<CollectionItem>,
  InferCreationAttributes<CollectionItem>
> {
  declare id: CreationOptional<Id>
  declare collectionId: Id
  declare accountId: Id
  declare state: ItemState
  declare createdAt: CreationOptional<Date>
}

CollectionItem.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    collectionId: { type: DataTypes.BIGINT, allowNull: false },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    state: { type: DataTypes.TEXT, allowNull: false },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'collection_items' },
)
