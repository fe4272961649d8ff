import type { INodeProperties } from 'n8n-workflow';

import type { Endpoint } from '../catalog/endpoint';
import { requiredDefaults, editorFields } from '../fields/form';
import { GROUP } from '../fields/names';
import { newReportFields } from '../catalog/checkReport/create';
import { shownWhere } from '../catalog/shownFor';

/** Making a new report where there is none to read; its fields are those of Check Report: Create. */
export const createIfExpired = (catalog: readonly Endpoint[]): INodeProperties => ({
  displayName: 'Create Report If Expired',
  name: 'createIfExpired',
  type: 'fixedCollection',
  default: { [GROUP]: requiredDefaults(newReportFields) },
  description:
    'Make a new report where there is none or it has expired, wait for it and read it; Plaid bills each report it makes',
  displayOptions: shownWhere(catalog, ({ readsReport }) => readsReport === true),
  options: [{ displayName: 'New Report', name: GROUP, values: editorFields(newReportFields) }],
});
