import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  Model,
} from 'sequelize'
import { db } from '#platform/db'

/** A setting of the instance that admins change while it runs. */
export class Setting extends Model<InferAttributes<Setting>, InferCreationAttributes<Setting>> {
  declare key: string
  declare value: unknown
  declare updatedAt: CreationOptional<Date>
}

Setting.init(
  {
    key: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
    value: { type: DataTypes.JSONB, allowNull: false },
    updatedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'settings' },
)
