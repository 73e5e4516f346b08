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

/** An account that a post names or is addressed to. */
export class Mention extends Model<InferAttributes<Mention>, InferCreationAttributes<Mention>> {
  declare postId: Id
  declare accountId: Id
  declare position: CreationOptional<number>
  declare isSilent: CreationOptional<boolean>
}

Mention.init(
  {
    postId: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false },
    accountId: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false },
    position: { type: DataTypes.SMALLINT, allowNull: false, defaultValue: literal('DEFAULT') },
    isSilent: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'mentions' },
)
