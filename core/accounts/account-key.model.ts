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

/** The keys of a local account. The private ones are sealed; only `core/accounts/account-keys` opens it. */
export class AccountKey extends Model<InferAttributes<AccountKey>, InferCreationAttributes<AccountKey>> {
  declare accountId: Id
  declare publicPem: string
  declare privateSealed: string
  declare proofSealed: string | null
  declare createdAt: CreationOptional<Date>
}

AccountKey.init(
  {
    accountId: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false },
    publicPem: { type: DataTypes.TEXT, allowNull: false },
    privateSealed: { type: DataTypes.TEXT, allowNull: false },
    proofSealed: { type: DataTypes.TEXT },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'account_keys' },
)
