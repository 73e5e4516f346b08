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

/** What lets an app in: for a member, or for itself when `userId` is null. Only its hash is kept. */
export class OauthToken extends Model<InferAttributes<OauthToken>, InferCreationAttributes<OauthToken>> {
  declare id: CreationOptional<Id>
  declare tokenHash: string
  declare appId: Id
  declare userId: CreationOptional<Id | null>
  declare scopes: string[]
  declare createdAt: CreationOptional<Date>
  declare lastUsedAt: CreationOptional<Date | null>
  declare revokedAt: CreationOptional<Date | null>
}

OauthToken.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    tokenHash: { type: DataTypes.TEXT, allowNull: false },
    appId: { type: DataTypes.BIGINT, allowNull: false },
    userId: { type: DataTypes.BIGINT },
    scopes: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    lastUsedAt: { type: DataTypes.DATE },
    revokedAt: { type: DataTypes.DATE },
  },
  { sequelize: db, tableName: 'oauth_tokens' },
)
