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

/** An app that members may let act for them. */
export class OauthApp extends Model<InferAttributes<OauthApp>, InferCreationAttributes<OauthApp>> {
  declare id: CreationOptional<Id>
  declare clientId: string
  declare secretHash: string
  declare name: string
  declare website: CreationOptional<string | null>
  declare redirectUris: string[]
  declare scopes: string[]
  declare createdAt: CreationOptional<Date>
  declare lastUsedAt: CreationOptional<Date | null>
}

OauthApp.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    clientId: { type: DataTypes.TEXT, allowNull: false },
    secretHash: { type: DataTypes.TEXT, allowNull: false },
    name: { type: DataTypes.TEXT, allowNull: false },
    website: { type: DataTypes.TEXT },
    redirectUris: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
    scopes: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    lastUsedAt: { type: DataTypes.DATE },
  },
  { sequelize: db, tableName: 'oauth_apps' },
)
