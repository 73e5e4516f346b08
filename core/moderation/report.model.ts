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

/** Somebody tells the moderators about an account. */
export class Report extends Model<InferAttributes<Report>, InferCreationAttributes<Report>> {
  declare id: CreationOptional<Id>
  declare reporterId: Id
  declare targetId: Id
  declare postIds: CreationOptional<Id[]>
  declare collectionIds: CreationOptional<Id[]>
  declare comment: CreationOptional<string>
  declare category: CreationOptional<'spam' | 'legal' | 'violation' | 'other'>
  declare ruleIds: CreationOptional<string[]>
  declare isForwarded: CreationOptional<boolean>
  declare uri: CreationOptional<string | null>
  declare createdAt: CreationOptional<Date>
  declare resolvedAt: CreationOptional<Date | null>
}

Report.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    reporterId: { type: DataTypes.BIGINT, allowNull: false },
    targetId: { type: DataTypes.BIGINT, allowNull: false },
    postIds: { type: DataTypes.ARRAY(DataTypes.BIGINT), allowNull: false, defaultValue: literal('DEFAULT') },
    collectionIds: {
      type: DataTypes.ARRAY(DataTypes.BIGINT),
      allowNull: false,
      defaultValue: literal('DEFAULT'),
    },
    comment: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    category: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    ruleIds: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false, defaultValue: literal('DEFAULT') },
    isForwarded: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    uri: { type: DataTypes.TEXT },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    resolvedAt: { type: DataTypes.DATE },
  },
  { sequelize: db, tableName: 'reports' },
)
