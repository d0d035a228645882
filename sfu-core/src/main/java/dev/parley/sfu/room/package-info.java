/// Who sees and hears whom: members, their slots, speakers. A room lives on one loop and commands the sessions of its
/// members, which may live on others.
@NullMarked
package dev.parley.sfu.room;

import org.jspecify.annotations.NullMarked;
