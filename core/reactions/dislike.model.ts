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

/** A vote of somebody elsewhere against a post; it is shown to nobody. */
export class Dislike extends Model<InferAttributes<Dislike>, InferCreationAttributes<Dislike>> {
  declare id: CreationOptional<Id>
  declare accountId: Id
  declare postId: Id
  declare uri: CreationOptional<string | null>
}

Dislike.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    postId: { type: DataTypes.BIGINT, allowNull: false },
    uri: { type: DataTypes.TEXT },
  },
  { sequelize: db, tableName: 'dislikes' },
)
