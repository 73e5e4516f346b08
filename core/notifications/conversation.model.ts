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

/** The direct messages between a member and the same others. */
export class Conversation extends Model<
  InferAttributes<Conversation>,
  InferCreationAttributes<Conversation>
> {
  declare id: CreationOptional<Id>
  declare accountId: Id
  declare participantIds: Id[]
  declare lastPostId: CreationOptional<Id | null>
  declare isUnread: CreationOptional<boolean>
}

Conversation.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    participantIds: { type: DataTypes.ARRAY(DataTypes.BIGINT), allowNull: false },
    lastPostId: { type: DataTypes.BIGINT },
    isUnread: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'conversations' },
)
