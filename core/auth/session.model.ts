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

/** A browser that is logged in, or on its way to be. */
export class Session extends Model<InferAttributes<Session>, InferCreationAttributes<Session>> {
  declare id: CreationOptional<Id>
  declare tokenHash: string
  declare userId: CreationOptional<Id | null>
  declare data: CreationOptional<Record<string, unknown>>
  declare userAgent: CreationOptional<string | null>
  declare ip: CreationOptional<string | null>
  declare createdAt: CreationOptional<Date>
  declare lastUsedAt: CreationOptional<Date>
  declare expiresAt: Date
}

Session.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    tokenHash: { type: DataTypes.TEXT, allowNull: false },
    userId: { type: DataTypes.BIGINT },
    data: { type: DataTypes.JSONB, allowNull: false, defaultValue: literal('DEFAULT') },
    userAgent: { type: DataTypes.TEXT },
    ip: { type: DataTypes.INET },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    lastUsedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    expiresAt: { type: DataTypes.DATE, allowNull: false },
  },
  { sequelize: db, tableName: 'sessions' },
)
