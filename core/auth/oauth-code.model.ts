import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
} from 'sequelize'
import { db } from '#platform/db'
import type { Id } from '#platform/ids'

/** A code on its way from the consent page to the app; works once, for ten minutes (OAUTH-19). */
export class OauthCode extends Model<InferAttributes<OauthCode>, InferCreationAttributes<OauthCode>> {
  declare codeHash: string
  declare appId: Id
  declare userId: Id
  declare redirectUri: string
  declare scopes: string[]
  declare codeChallenge: CreationOptional<string | null>
  declare expiresAt: Date
  declare tokenId: CreationOptional<Id | null>
  declare usedAt: CreationOptional<Date | null>
}

OauthCode.init(
  {
    codeHash: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
    appId: { type: DataTypes.BIGINT, allowNull: false },
    userId: { type: DataTypes.BIGINT, allowNull: false },
    redirectUri: { type: DataTypes.TEXT, allowNull: false },
    scopes: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
    codeChallenge: { type: DataTypes.TEXT },
    expiresAt: { type: DataTypes.DATE, allowNull: false },
    tokenId: { type: DataTypes.BIGINT },
    usedAt: { type: DataTypes.DATE },
  },
  { sequelize: db, tableName: 'oauth_codes' },
)
