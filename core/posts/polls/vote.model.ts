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

/** One choice of one account in a poll; choices count from 0. */
export class Vote extends Model<InferAttributes<Vote>, InferCreationAttributes<Vote>> {
  declare id: CreationOptional<Id>
  declare pollId: Id
  declare accountId: Id
  declare choice: number
  declare uri: CreationOptional<string | null>
}

Vote.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    pollId: { type: DataTypes.BIGINT, allowNull: false },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    choice: { type: DataTypes.SMALLINT, allowNull: false },
    uri: { type: DataTypes.TEXT },
  },
  { sequelize: db, tableName: 'votes' },
)
