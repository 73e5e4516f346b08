import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  Model,
} from 'sequelize'
import { db } from '#platform/db'

/** What the admins decided about a domain and its subdomains. */
export class DomainRule extends Model<InferAttributes<DomainRule>, InferCreationAttributes<DomainRule>> {
  declare domain: string
  declare severity: 'silence' | 'suspend' | 'noop'
  declare rejectMedia: CreationOptional<boolean>
  declare publicComment: CreationOptional<string | null>
  declare privateComment: CreationOptional<string | null>
  declare createdAt: CreationOptional<Date>
}

DomainRule.init(
  {
    domain: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
    severity: { type: DataTypes.TEXT, allowNull: false },
    rejectMedia: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    publicComment: { type: DataTypes.TEXT },
    privateComment: { type: DataTypes.TEXT },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'domain_rules' },
)
