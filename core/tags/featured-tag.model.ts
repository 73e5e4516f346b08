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

/** A hashtag that a member shows on the profile. */
export class FeaturedTag extends Model<InferAttributes<FeaturedTag>, InferCreationAttributes<FeaturedTag>> {
  declare id: CreationOptional<Id>
  declare accountId: Id
  declare hashtagId: Id
  declare displayName: string
}

FeaturedTag.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    hashtagId: { type: DataTypes.BIGINT, allowNull: false },
    displayName: { type: DataTypes.TEXT, allowNull: false },
  },
  { sequelize: db, tableName: 'featured_tags' },
)
