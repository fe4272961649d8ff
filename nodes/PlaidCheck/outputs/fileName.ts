import type { JsonObject } from 'n8n-workflow';

/**
 * A name that tells the files of many users apart, such as `check-report-usr_9nSp2KuZ2x4JDw.pdf`. A user
 * token is a secret, so that file is named after the request.
 */
export function pdfFileName(title: string, { user_id }: JsonObject, requestId: string | null) {
  const of = typeof user_id === 'string' ? user_id : requestId;
  return `${[title, of]
    .filter(Boolean)
    .join('-')
    .replace(/[^\w-]/g, '_')}.pdf`;
}
