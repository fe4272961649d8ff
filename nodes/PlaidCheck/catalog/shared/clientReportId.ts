import { text } from '../../fields/field';

export const clientReportId = text({
  name: 'Client Report ID',
  description: 'Your own ID of this report, for example the number of the loan application',
  placeholder: 'e.g. loan-2026-00417',
});
