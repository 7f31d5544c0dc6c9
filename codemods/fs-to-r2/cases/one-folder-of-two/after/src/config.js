exports.invoices = process.env.INVOICES || 'invoices';
exports.reports = process.env.REPORTS || 'reports';
