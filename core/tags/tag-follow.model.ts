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

/** A member follows a hashtag. */
export class TagFollow extends Model<InferAttributes<TagFollow>, InferCreationAttributes<TagFollow>> {
  declare id: CreationOptional<Id>
  declare accountId: Id
  declare hashtagId: Id
}

TagFollow.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    hashtagId: { type: DataTypes.BIGINT, allowNull: false },
  },
  { sequelize: db, tableName: 'tag_follows' },
)
