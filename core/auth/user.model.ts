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
import type { Role } from '../actor.ts'

/** A log-in of this instance: who an account belongs to. */
export class User extends Model<InferAttributes<User>, InferCreationAttributes<User>> {
  declare id: CreationOptional<Id>
  declare accountId: Id
  declare email: string
  declare passwordHash: string
  declare role: CreationOptional<Role>
  declare locale: CreationOptional<string>
  declare confirmedAt: CreationOptional<Date | null>
  declare approvedAt: CreationOptional<Date | null>
  declare disabledAt: CreationOptional<Date | null>
  declare reason: CreationOptional<string | null>
  declare inviteId: CreationOptional<Id | null>
  declare signUpIp: CreationOptional<string | null>
  declare defaultVisibility: CreationOptional<'public' | 'unlisted' | 'private' | 'direct'>
  declare defaultSensitive: CreationOptional<boolean>
  declare defaultLanguage: CreationOptional<string | null>
  declare defaultQuotePolicy: CreationOptional<'public' | 'followers' | 'nobody'>
  /** What posts restrict when an app says nothing, by visibility. */
  declare interactionPolicies: CreationOptional<object | null>
  declare preferences: CreationOptional<Record<string, unknown>>
  declare chosenLanguages: CreationOptional<string[] | null>
  /** Raised by every change of the member's filters; 0 while there were none. */
  declare filtersVersion: CreationOptional<number>
  /** Raised by whatever changes how the member sees posts of others. */
  declare viewsVersion: CreationOptional<Id>
  declare lastActiveAt: CreationOptional<Date | null>
  declare createdAt: CreationOptional<Date>
}

User.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    email: { type: DataTypes.TEXT, allowNull: false },
    passwordHash: { type: DataTypes.TEXT, allowNull: false },
    role: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    locale: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    confirmedAt: { type: DataTypes.DATE },
    approvedAt: { type: DataTypes.DATE },
    disabledAt: { type: DataTypes.DATE },
    reason: { type: DataTypes.TEXT },
    inviteId: { type: DataTypes.BIGINT },
    signUpIp: { type: DataTypes.INET },
    defaultVisibility: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    defaultSensitive: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    defaultLanguage: { type: DataTypes.TEXT },
    defaultQuotePolicy: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    interactionPolicies: { type: DataTypes.JSONB },
    preferences: { type: DataTypes.JSONB, allowNull: false, defaultValue: literal('DEFAULT') },
    chosenLanguages: { type: DataTypes.ARRAY(DataTypes.TEXT) },
    filtersVersion: { type: DataTypes.INTEGER, allowNull: false, defaultValue: literal('DEFAULT') },
    viewsVersion: { type: DataTypes.BIGINT, allowNull: false, defaultValue: literal('DEFAULT') },
    lastActiveAt: { type: DataTypes.DATE },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'users' },
)
