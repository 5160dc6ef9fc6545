import './types.ts';
import './createCustomField.ts';
import './updateCustomField.ts';
import './reorderCustomFields.ts';
import './deleteCustomField.ts';
