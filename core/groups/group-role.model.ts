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

export type GroupRank = 'owner' | 'admin' | 'moderator'

/** Who is more than a member of a group. */
export class GroupRole extends Model<InferAttributes<GroupRole>, InferCreationAttributes<GroupRole>> {
  declare groupId: Id
  declare accountId: Id
  declare role: GroupRank
  declare createdAt: CreationOptional<Date>
}

GroupRole.init(
  {
    groupId: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false },
    accountId: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false },
    role: { type: DataTypes.TEXT, allowNull: false },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'group_roles' },
)
