"""Delivery into a customer's bucket by a role of the customer's account.

`role_store` makes an attempt, `sessions` assumes the role, `bucket` signs and sends, `keys` names the object,
`refusals` puts what AWS says into words, `policies` and `check` serve the command `voxport s3`.
"""
