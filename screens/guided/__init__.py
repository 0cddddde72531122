"""The guided set-up on screen: one page that shows whatever step comes next."""
