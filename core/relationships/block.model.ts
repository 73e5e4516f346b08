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

/** Somebody wants nothing to do with somebody. */
export class Block extends Model<InferAttributes<Block>, InferCreationAttributes<Block>> {
  declare id: CreationOptional<Id>
  declare blockerId: Id
  declare blockedId: Id
  declare uri: CreationOptional<string | null>
  declare createdAt: CreationOptional<Date>
}

Block.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    blockerId: { type: DataTypes.BIGINT, allowNull: false },
    blockedId: { type: DataTypes.BIGINT, allowNull: false },
    uri: { type: DataTypes.TEXT },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'blocks' },
)
