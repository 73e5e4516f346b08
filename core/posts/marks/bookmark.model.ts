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

/** A post that somebody keeps to read again; nobody else knows. */
export class Bookmark extends Model<InferAttributes<Bookmark>, InferCreationAttributes<Bookmark>> {
  declare id: CreationOptional<Id>
  declare accountId: Id
  declare postId: Id
}

Bookmark.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    postId: { type: DataTypes.BIGINT, allowNull: false },
  },
  { sequelize: db, tableName: 'bookmarks' },
)
