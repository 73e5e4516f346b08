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

/** A member wants no notifications from a conversation. */
export class ThreadMute extends Model<InferAttributes<ThreadMute>, InferCreationAttributes<ThreadMute>> {
  declare id: CreationOptional<Id>
  declare accountId: Id
  declare threadId: Id
}

ThreadMute.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    threadId: { type: DataTypes.BIGINT, allowNull: false },
  },
  { sequelize: db, tableName: 'thread_mutes' },
)
