import { operations, resources } from '../catalog/operations';
import { nodeProperties, nodeSubtitle } from './index';

/*
 * What the editor needs of the node, worked out from the catalog. The build runs this file once and writes
 * down what it exports (gulpfile.js), so that n8n loads the package without making the schema of a single
 * endpoint.
 */

export const properties = nodeProperties(resources, operations);

export const subtitle = nodeSubtitle(resources, operations);
